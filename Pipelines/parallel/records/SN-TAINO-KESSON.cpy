      * SN-TAINO-KESSON  不納欠損調書
       01  SN-TAINO-KESSON-REC.
           05  欠損日 PIC 9(7) COMP-3.
           05  根拠 PIC X(2).
           05  件数 PIC S9(7) COMP-3.
           05  本税 PIC S9(13) COMP-3.
           05  延滞金 PIC S9(11) COMP-3.
           05  督促手数料 PIC S9(11) COMP-3.
