      * KT-HYOKAGAE-KAOKU  家屋 評価額一覧
       01  KT-HYOKAGAE-KAOKU-REC.
           05  物件番号 PIC X(10).
           05  家屋番号 PIC X(16).
           05  構造 PIC X(2).
           05  床面積 PIC S9(9)V9(2) COMP-3.
           05  評点数 PIC S9(11) COMP-3.
           05  評価額 PIC S9(11) COMP-3.
