      * KT-KOSEI-KENSU  年度別 更正件数表
       01  KT-KOSEI-KENSU-REC.
           05  課税年度 PIC 9(3) COMP-3.
           05  決議書件数 PIC S9(7) COMP-3.
