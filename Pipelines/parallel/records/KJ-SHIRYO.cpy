      * KJ-SHIRYO  課税資料登録一覧
       01  KJ-SHIRYO-REC.
           05  資料番号 PIC X(10).
           05  資料区分 PIC X(2).
           05  宛名番号 PIC X(10).
           05  生年月日 PIC 9(7) COMP-3.
           05  収入金額 PIC S9(10) COMP-3.
           05  所得金額 PIC S9(10) COMP-3.
           05  社会保険料控除額 PIC S9(9) COMP-3.
           05  採用区分 PIC X(1).
