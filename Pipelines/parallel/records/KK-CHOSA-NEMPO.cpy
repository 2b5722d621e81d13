      * KK-CHOSA-NEMPO  事業年報 税の表
       01  KK-CHOSA-NEMPO-REC.
           05  年度区分 PIC N(4).
           05  調定額 PIC S9(13) COMP-3.
           05  収納額 PIC S9(13) COMP-3.
           05  欠損額 PIC S9(13) COMP-3.
           05  未収額 PIC S9(13) COMP-3.
