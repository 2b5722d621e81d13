      * HJ-TOROKU-UKETSUKE  申告受付・登録件数表
       01  HJ-TOROKU-UKETSUKE-REC.
           05  申告日 PIC 9(7) COMP-3.
           05  受付方法 PIC N(6).
           05  受付件数 PIC S9(7) COMP-3.
           05  登録件数 PIC S9(7) COMP-3.
           05  保留件数 PIC S9(7) COMP-3.
           05  申告納付額 PIC S9(13) COMP-3.
