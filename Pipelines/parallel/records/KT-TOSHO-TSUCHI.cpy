      * KT-TOSHO-TSUCHI  納税通知書 件数表
       01  KT-TOSHO-TSUCHI-REC.
           05  共有区分 PIC X(1).
           05  免税点以上義務者数 PIC S9(9) COMP-3.
           05  年税額 PIC S9(13) COMP-3.
