      * KT-HYOKAGAE-TOCHI  宅地 評価額一覧
       01  KT-HYOKAGAE-TOCHI-REC.
           05  物件番号 PIC X(10).
           05  所在コード PIC X(6).
           05  地積 PIC S9(9)V9(2) COMP-3.
           05  評価額 PIC S9(11) COMP-3.
