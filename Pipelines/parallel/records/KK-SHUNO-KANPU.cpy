      * KK-SHUNO-KANPU  国保税 還付・充当一覧
       01  KK-SHUNO-KANPU-REC.
           05  賦課年度 PIC 9(3) COMP-3.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  期別 PIC X(2).
           05  番号 PIC S9(5) COMP-3.
           05  宛名番号 PIC X(10).
           05  区分 PIC X(1).
           05  還付充当額 PIC S9(11) COMP-3.
           05  充当先科目 PIC X(2).
           05  状態 PIC X(1).
