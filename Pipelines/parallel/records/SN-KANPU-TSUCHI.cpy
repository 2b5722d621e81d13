      * SN-KANPU-TSUCHI  還付・充当通知 件数表
       01  SN-KANPU-TSUCHI-REC.
           05  決裁日 PIC 9(7) COMP-3.
           05  決裁件数 PIC S9(7) COMP-3.
           05  還付通知件数 PIC S9(7) COMP-3.
           05  充当通知件数 PIC S9(7) COMP-3.
