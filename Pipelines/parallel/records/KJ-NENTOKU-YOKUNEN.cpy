      * KJ-NENTOKU-YOKUNEN  次年度 仮徴収一覧
       01  KJ-NENTOKU-YOKUNEN-REC.
           05  宛名番号 PIC X(10).
           05  四月 PIC S9(7) COMP-3.
           05  六月 PIC S9(7) COMP-3.
           05  八月 PIC S9(7) COMP-3.
