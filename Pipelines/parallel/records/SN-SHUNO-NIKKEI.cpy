      * SN-SHUNO-NIKKEI  収入日計表
       01  SN-SHUNO-NIKKEI-REC.
           05  収入日 PIC 9(7) COMP-3.
           05  科目 PIC N(14).
           05  会計年度 PIC 9(3) COMP-3.
           05  件数 PIC S9(7) COMP-3.
           05  本税 PIC S9(13) COMP-3.
           05  督促手数料 PIC S9(11) COMP-3.
           05  延滞金 PIC S9(11) COMP-3.
