      * KE-TOSHO-KEIKA  軽課車両 二か年税額一覧
       01  KE-TOSHO-KEIKA-REC.
           05  管理番号 PIC X(9).
           05  前年度税率 PIC X(1).
           05  前年度税額 PIC S9(7) COMP-3.
           05  税率 PIC X(1).
           05  税額 PIC S9(7) COMP-3.
