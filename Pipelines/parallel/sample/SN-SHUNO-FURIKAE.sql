SELECT 科目, 期別, 金融機関コード AS 金融機関, count(*) AS "旧.未納期別件数", sum(未納税額) AS "旧.未納額", count(*) AS "新.請求件数",
  sum(未納税額) AS "新.請求額"
FROM 収納_調定 AS 調定 JOIN 科目名 USING (科目コード)
JOIN 収納_口座 AS 口座 ON 口座.科目コード = 調定.科目コード AND 口座.宛名番号 = 調定.宛名番号 AND 口座振替廃止年月日 = '0000-00-00', 対象
WHERE 未納税額 > 0 AND 納期限 > 日 AND 納期限 <= date(日, '+75 days') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
