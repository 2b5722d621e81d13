-- The sample derives the way of delivery from the corporation's number.
SELECT 申告日, CASE CAST(管理番号 AS INTEGER) / 2 % 2 WHEN 0 THEN 'ｅＬＴＡＸ' ELSE '紙' END AS 受付方法, count(*) AS "旧.受付件数",
  count(*) AS 登録件数, 0 AS 保留件数, sum(納付すべき法人税割額 + 納付すべき均等割額) AS 申告納付額
FROM 法人市民税_申告, 対象 WHERE 申告日 BETWEEN date(日, '-12 months') AND 日
GROUP BY 1, 2 ORDER BY 1, 2
