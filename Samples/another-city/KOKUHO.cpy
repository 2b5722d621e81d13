      *****************************************************************
      * 潮見市 国民健康保険料 世帯・賦課 (可変長 VB、KEIS83/EBCDIK)
      *****************************************************************
       01  KH-HEADER.
           05  KH-KBN                  PIC X(1).
           05  KH-GYOMU                PIC X(8).
      *        作成日
           05  KH-SAKUSEI-YMD          PIC 9(8).
       01  KS-SETAI.
      *        レコード区分 S:世帯
           05  KS-KBN                  PIC X(1).
      *        世帯番号
           05  KS-SETAI-NO             PIC 9(8).
      *        世帯主カナ氏名
           05  KS-NUSHI-KANA           PIC X(20).
      *        世帯主氏名
           05  KS-NUSHI-SHIMEI         PIC N(10).
      *        郵便番号
           05  KS-YUBIN-NO             PIC X(7).
      *        住所
           05  KS-JUSHO                PIC N(15).
      *        資格取得日 (和暦 GYYMMDD)
           05  KS-SHUTOKU-YMD          PIC 9(7)      COMP-3.
      *        資格喪失日 (和暦 GYYMMDD、なしは0)
           05  KS-SOSHITSU-YMD         PIC 9(7)      COMP-3.
      *        軽減 1:あり 0:なし
           05  KS-KEIGEN-FLG           PIC X(1).
      *        被保険者数
           05  KS-HIHOKENSHA-SU        PIC 9(2).
      *        更新日
           05  KS-KOSHIN-YMD           PIC 9(8).
      *        更新時刻
           05  KS-KOSHIN-HMS           PIC 9(6).
       01  KF-FUKA.
      *        レコード区分 F:賦課
           05  KF-KBN                  PIC X(1).
      *        世帯番号
           05  KF-SETAI-NO             PIC 9(8).
      *        賦課年度 (和暦 GYY)
           05  KF-FUKA-NENDO           PIC 9(3).
      *        保険料率 (%)
           05  KF-HOKEN-RITSU          PIC S9(3)V9(2) COMP-3.
      *        年間保険料額
           05  KF-NENKAN-GAKU          PIC S9(7)     COMP-3.
      *        算定区分 1:本算定 2:仮算定 9:職権
           05  KF-SANTEI-KBN           PIC X(1).
      *        期数
           05  KF-KISU                 PIC 9(2).
           05  KF-KI                   OCCURS 1 TO 10 TIMES
                                       DEPENDING ON KF-KISU.
      *            納期限 (和暦 GYYMMDD)
               10  KF-KI-NOKIGEN       PIC 9(7)      COMP-3.
      *            期別保険料額
               10  KF-KI-GAKU          PIC S9(7)     COMP-3.
       01  KT-TRAILER.
           05  KT-KBN                  PIC X(1).
      *        件数
           05  KT-KENSU                PIC 9(7).
      *        年間保険料額の合計
           05  KT-GOKEI-GAKU           PIC S9(11)    COMP-3.
