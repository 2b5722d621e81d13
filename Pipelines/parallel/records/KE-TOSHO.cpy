      * KE-TOSHO  税率区分別 台数・税額表
       01  KE-TOSHO-REC.
           05  種別 PIC X(2).
           05  税率区分 PIC X(1).
           05  税額 PIC S9(7) COMP-3.
           05  台数 PIC S9(7) COMP-3.
           05  税額計 PIC S9(11) COMP-3.
