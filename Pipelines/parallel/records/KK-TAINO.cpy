      * KK-TAINO  国保税 催告対象・延滞金一覧
       01  KK-TAINO-REC.
           05  宛名番号 PIC X(10).
           05  催告日 PIC 9(7) COMP-3.
           05  期別数 PIC S9(3) COMP-3.
           05  滞納額 PIC S9(11) COMP-3.
           05  延滞金 PIC S9(9) COMP-3.
           05  重複 PIC X(1).
