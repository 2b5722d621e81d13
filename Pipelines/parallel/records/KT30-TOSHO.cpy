      * KT30-TOSHO  償却資産 申告区分・種類別表
       01  KT30-TOSHO-REC.
           05  申告区分 PIC X(1).
           05  資産種類 PIC X(1).
           05  行数 PIC S9(9) COMP-3.
           05  取得価額 PIC S9(13) COMP-3.
           05  課税標準額 PIC S9(13) COMP-3.
