      * KK-SHUNO-RITSU  国保税 収納状況表
       01  KK-SHUNO-RITSU-REC.
           05  年度区分 PIC N(4).
           05  調定額 PIC S9(13) COMP-3.
           05  収納額 PIC S9(13) COMP-3.
           05  収納率 PIC S9(3)V9(2) COMP-3.
