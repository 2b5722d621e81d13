      * KK-SHIKAKU-TOKEI  月末 被保険者数統計表
       01  KK-SHIKAKU-TOKEI-REC.
           05  区分 PIC N(8).
           05  人数 PIC S9(9) COMP-3.
