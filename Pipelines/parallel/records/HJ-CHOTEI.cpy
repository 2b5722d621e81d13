      * HJ-CHOTEI  法人市民税 月次調定表
       01  HJ-CHOTEI-REC.
           05  調定月 PIC X(7).
           05  申告区分 PIC X(2).
           05  件数 PIC S9(7) COMP-3.
           05  均等割額 PIC S9(11) COMP-3.
           05  法人税割額 PIC S9(13) COMP-3.
           05  調定額 PIC S9(13) COMP-3.
