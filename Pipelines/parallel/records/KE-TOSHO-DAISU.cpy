      * KE-TOSHO-DAISU  当初賦課 台数表
       01  KE-TOSHO-DAISU-REC.
           05  種別 PIC X(2).
           05  課税区分 PIC X(1).
           05  減免区分 PIC X(2).
           05  台数 PIC S9(7) COMP-3.
