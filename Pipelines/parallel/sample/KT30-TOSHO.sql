SELECT 申告区分, 資産種類, count(*) AS 行数, sum(取得価額) AS 取得価額, sum(種類.課税標準額) AS 課税標準額
FROM 固定資産税_償却種類 AS 種類 JOIN 固定資産税_償却 AS 償却 USING (課税年度, 相当年度, 物件番号, 償却_基本履歴番号)
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 償却.最新フラグ = '1' GROUP BY 1, 2 ORDER BY 1, 2
