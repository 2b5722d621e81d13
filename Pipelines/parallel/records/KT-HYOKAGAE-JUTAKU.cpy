      * KT-HYOKAGAE-JUTAKU  住宅用地 認定面積一覧
       01  KT-HYOKAGAE-JUTAKU-REC.
           05  物件番号 PIC X(10).
           05  住宅戸数 PIC S9(5) COMP-3.
           05  小規模 PIC S9(9)V9(2) COMP-3.
           05  一般 PIC S9(9)V9(2) COMP-3.
           05  非住宅 PIC S9(9)V9(2) COMP-3.
