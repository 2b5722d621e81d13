      * NN-KEKKA-KENSU  処理結果 取込件数表
       01  NN-KEKKA-KENSU-REC.
           05  進達月 PIC X(7).
           05  結果件数 PIC S9(7) COMP-3.
           05  反映 PIC S9(7) COMP-3.
           05  不一致 PIC S9(7) COMP-3.
           05  返戻 PIC S9(7) COMP-3.
