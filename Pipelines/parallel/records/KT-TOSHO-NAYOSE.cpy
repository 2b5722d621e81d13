      * KT-TOSHO-NAYOSE  名寄せ組数表
       01  KT-TOSHO-NAYOSE-REC.
           05  共有区分 PIC X(1).
           05  組数 PIC S9(9) COMP-3.
