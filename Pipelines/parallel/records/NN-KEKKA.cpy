      * NN-KEKKA  免除区分・期間一覧
       01  NN-KEKKA-REC.
           05  基礎年金番号 PIC X(10).
           05  回 PIC S9(3) COMP-3.
           05  免除区分 PIC X(2).
           05  開始年月 PIC 9(5) COMP-3.
           05  終了年月 PIC 9(5) COMP-3.
