      * KJ-NENTOKU-TAISHO  年金特別徴収 対象者突合結果
       01  KJ-NENTOKU-TAISHO-REC.
           05  保険者 PIC N(10).
           05  受信件数 PIC S9(7) COMP-3.
           05  一致件数 PIC S9(7) COMP-3.
           05  不一致件数 PIC S9(7) COMP-3.
           05  対象外件数 PIC S9(7) COMP-3.
