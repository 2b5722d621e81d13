      * ヘッダ・トレーラ
       01  CT-REC.
           05  CT-KIND PIC X(2).
           05  CT-COUNT PIC 9(7) COMP-3.
           05  CT-SUM PIC S9(11) COMP-3.
           05  FILLER PIC X(48).
