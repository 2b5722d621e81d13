      * KK-FUKA-KIBETSU  世帯別 期別税額一覧
       01  KK-FUKA-KIBETSU-REC.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  年税額 PIC S9(9) COMP-3.
           05  一期 PIC S9(9) COMP-3.
           05  二期 PIC S9(9) COMP-3.
           05  三期 PIC S9(9) COMP-3.
           05  四期 PIC S9(9) COMP-3.
           05  五期 PIC S9(9) COMP-3.
           05  六期 PIC S9(9) COMP-3.
           05  七期 PIC S9(9) COMP-3.
           05  八期 PIC S9(9) COMP-3.
           05  随時 PIC S9(9) COMP-3.
           05  年金特徴 PIC S9(9) COMP-3.
