      * KK-FUKA  世帯別 区分別税額一覧
       01  KK-FUKA-REC.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  国保区分 PIC X(1).
           05  所得割 PIC S9(9) COMP-3.
           05  均等割 PIC S9(9) COMP-3.
           05  平等割 PIC S9(9) COMP-3.
           05  軽減額 PIC S9(9) COMP-3.
           05  限度超過額 PIC S9(9) COMP-3.
           05  月割減額 PIC S9(9) COMP-3.
           05  減免額 PIC S9(9) COMP-3.
           05  決定額 PIC S9(9) COMP-3.
           05  年税額 PIC S9(9) COMP-3.
