      * GA-KAIGO  介護保険 税情報連携データ
       01  GA-KAIGO-REC.
           05  宛名番号 PIC X(10).
           05  課税区分 PIC X(1).
           05  世帯課税 PIC X(1).
           05  合計所得金額 PIC S9(10) COMP-3.
           05  年金収入 PIC S9(10) COMP-3.
           05  負担割合 PIC X(1).
