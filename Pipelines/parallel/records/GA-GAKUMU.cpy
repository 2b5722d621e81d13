      * GA-GAKUMU  就学援助 所得データ件数表
       01  GA-GAKUMU-REC.
           05  町字コード PIC X(6).
           05  申請人数 PIC S9(7) COMP-3.
           05  所得あり PIC S9(7) COMP-3.
           05  所得なし PIC S9(7) COMP-3.
