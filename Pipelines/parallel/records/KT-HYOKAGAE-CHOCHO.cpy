      * KT-HYOKAGAE-CHOCHO  町丁別 筆数表
       01  KT-HYOKAGAE-CHOCHO-REC.
           05  所在コード PIC X(6).
           05  地目 PIC X(2).
           05  区域区分 PIC X(1).
           05  筆数 PIC S9(9) COMP-3.
