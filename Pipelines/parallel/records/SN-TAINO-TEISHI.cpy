      * SN-TAINO-TEISHI  執行停止・不納欠損 候補件数表
       01  SN-TAINO-TEISHI-REC.
           05  処分 PIC X(2).
           05  根拠 PIC X(2).
           05  件数 PIC S9(7) COMP-3.
           05  金額 PIC S9(13) COMP-3.
