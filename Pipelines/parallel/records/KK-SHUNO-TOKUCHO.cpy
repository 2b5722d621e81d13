      * KK-SHUNO-TOKUCHO  年金特徴 消込件数表
       01  KK-SHUNO-TOKUCHO-REC.
           05  保険者 PIC N(10).
           05  収入月 PIC X(7).
           05  徴収結果件数 PIC S9(7) COMP-3.
