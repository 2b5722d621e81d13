      * KK-FUKA-TSUKI  被保険者 月数・算定所得一覧
       01  KK-FUKA-TSUKI-REC.
           05  通知書番号 PIC X(10).
           05  宛名番号 PIC X(10).
           05  資格履歴 PIC S9(3) COMP-3.
           05  生年月日 PIC 9(7) COMP-3.
           05  医療月数 PIC S9(2) COMP-3.
           05  介護月数 PIC S9(2) COMP-3.
           05  連携所得 PIC S9(11) COMP-3.
