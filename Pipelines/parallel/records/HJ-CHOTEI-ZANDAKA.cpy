      * HJ-CHOTEI-ZANDAKA  法人市民税 調定・収入・残額一覧
       01  HJ-CHOTEI-ZANDAKA-REC.
           05  管理番号 PIC X(7).
           05  通知書番号 PIC X(10).
           05  事業年度番号 PIC X(4).
           05  申告履歴番号 PIC S9(3) COMP-3.
           05  課税調定額 PIC S9(13) COMP-3.
           05  収入額 PIC S9(13) COMP-3.
           05  残額 PIC S9(13) COMP-3.
           05  申告前納付 PIC X(1).
