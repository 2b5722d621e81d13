SELECT 町字コード, 年齢 / 10 * 10 AS 年代, count(*) AS 人数 FROM 住民 WHERE 年齢 >= 18 GROUP BY 1, 2 ORDER BY 1, 2
