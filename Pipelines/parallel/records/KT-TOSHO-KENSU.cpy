      * KT-TOSHO-KENSU  概要調書
       01  KT-TOSHO-KENSU-REC.
           05  資産 PIC N(2).
           05  課税の別 PIC N(6).
           05  義務者数 PIC S9(9) COMP-3.
           05  件数 PIC S9(9) COMP-3.
