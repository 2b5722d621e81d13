      * SN-SHUNO-MINO  未納額一覧
       01  SN-SHUNO-MINO-REC.
           05  科目 PIC N(14).
           05  賦課年度 PIC 9(3) COMP-3.
           05  期別 PIC X(2).
           05  件数 PIC S9(9) COMP-3.
           05  未納額 PIC S9(13) COMP-3.
