      * KK-SHIKAKU  国保集約システム 異動件数表
       01  KK-SHIKAKU-REC.
           05  異動 PIC N(2).
           05  事由 PIC X(2).
           05  資格異動簿件数 PIC S9(7) COMP-3.
