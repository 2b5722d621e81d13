      * CT  制御レコード (ヘッダ 00 / トレーラ 99)  各ファイル共通
       01  CT-REC.
           05  CT-KIND PIC X(2).
           05  CT-SYS-ID PIC X(2).
           05  CT-FILE-ID PIC X(8).
           05  CT-HEADER.
               10  CT-KAIJI PIC 9(3).
               10  CT-CHUSHUTSU-YMD PIC 9(7) COMP-3.
               10  CT-CHUSHUTSU-JIKAN PIC 9(6).
               10  CT-KIJUN-YMD PIC 9(7) COMP-3.
               10  CT-LAYOUT-VER PIC X(4).
               10  CT-RECLEN PIC 9(4).
               10  CT-DANTAI-CD PIC X(6).
               10  CT-HIMITSU-KBN PIC X(1).
               10  FILLER PIC X(47).
           05  CT-TRAILER REDEFINES CT-HEADER.
               10  CT-KENSU PIC 9(9) COMP-3.
               10  CT-KIND-KENSU OCCURS 6 TIMES.
                   15  CT-KIND-KENSU-KIND PIC X(2).
                   15  CT-KIND-KENSU-KENSU PIC 9(9) COMP-3.
               10  CT-KINGAKU-1 PIC S9(15) COMP-3.
               10  CT-KINGAKU-2 PIC S9(15) COMP-3.
               10  CT-KINGAKU-3 PIC S9(15) COMP-3.
               10  CT-KEY-HASH PIC 9(15) COMP-3.
