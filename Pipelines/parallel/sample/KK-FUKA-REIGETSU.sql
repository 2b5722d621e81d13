SELECT 課税更正日 AS 更正日, 更正事由, count(*) AS 世帯数, sum(増減額) AS 増減額 FROM 国保更正, 対象
WHERE 課税更正日 <= 日 GROUP BY 1, 2 ORDER BY 1, 2
