      * SN-SHUNO-FURIKAE  口座振替請求 突合表
       01  SN-SHUNO-FURIKAE-REC.
           05  科目 PIC N(14).
           05  期別 PIC X(2).
           05  金融機関 PIC X(4).
           05  未納期別件数 PIC S9(7) COMP-3.
           05  未納額 PIC S9(13) COMP-3.
