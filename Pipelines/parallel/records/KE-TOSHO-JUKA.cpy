      * KE-TOSHO-JUKA  重課判定一覧
       01  KE-TOSHO-JUKA-REC.
           05  管理番号 PIC X(9).
           05  初度検査 PIC X(7).
           05  燃料 PIC X(1).
           05  重課要否 PIC X(1).
           05  税率区分 PIC X(1).
