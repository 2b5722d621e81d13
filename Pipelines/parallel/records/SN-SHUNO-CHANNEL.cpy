      * SN-SHUNO-CHANNEL  チャネル別 消込件数表
       01  SN-SHUNO-CHANNEL-REC.
           05  収入日 PIC 9(7) COMP-3.
           05  チャネル PIC X(2).
           05  合計票件数 PIC S9(7) COMP-3.
           05  合計票金額 PIC S9(13) COMP-3.
