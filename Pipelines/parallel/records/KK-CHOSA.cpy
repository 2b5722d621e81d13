      * KK-CHOSA  軽減世帯 基準日集計表
       01  KK-CHOSA-REC.
           05  軽減区分 PIC X(1).
           05  世帯数 PIC S9(9) COMP-3.
           05  人数 PIC S9(9) COMP-3.
