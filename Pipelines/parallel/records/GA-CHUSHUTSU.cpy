      * GA-CHUSHUTSU  地区・年代別 母集団表
       01  GA-CHUSHUTSU-REC.
           05  町字コード PIC X(6).
           05  年代 PIC S9(3) COMP-3.
           05  人数 PIC S9(7) COMP-3.
