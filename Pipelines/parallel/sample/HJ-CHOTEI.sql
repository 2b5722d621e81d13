SELECT substr(申告日, 1, 7) AS 調定月, 申告区分, count(*) AS 件数, sum(納付すべき均等割額) AS 均等割額, sum(納付すべき法人税割額) AS 法人税割額,
  sum(調定額) AS 調定額
FROM 法人市民税_申告, 対象 WHERE 申告日 BETWEEN date(日, '-12 months') AND 日
GROUP BY 1, 2 ORDER BY 1, 2
