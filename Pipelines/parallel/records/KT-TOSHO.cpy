      * KT-TOSHO  土地 課税標準額一覧
       01  KT-TOSHO-REC.
           05  物件番号 PIC X(10).
           05  住宅用地 PIC X(1).
           05  評価額 PIC S9(11) COMP-3.
           05  本則課税標準 PIC S9(11) COMP-3.
           05  負担水準 PIC S9(5)V9(2) COMP-3.
           05  三十年度課税標準 PIC S9(11) COMP-3.
           05  課税標準 PIC S9(11) COMP-3.
           05  都計課税標準 PIC S9(11) COMP-3.
