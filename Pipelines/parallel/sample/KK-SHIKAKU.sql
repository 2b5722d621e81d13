SELECT 異動, 事由, count(*) AS "旧.資格異動簿件数", count(DISTINCT 宛名番号 || 日付) AS "新.送信件数"
FROM (
  SELECT '取得' AS 異動, 資格取得事由 AS 事由, 宛名番号, 資格取得年月日 AS 日付, 賦課年度, 最新フラグ FROM 国保税_被保険者
  UNION ALL
  SELECT '喪失', 資格喪失事由, 宛名番号, 資格喪失年月日, 賦課年度, 最新フラグ FROM 国保税_被保険者 WHERE 資格喪失年月日 <> '0000-00-00'), 対象
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 日付 BETWEEN date(日, '-24 months') AND 日 GROUP BY 1, 2 ORDER BY 1, 2
