SELECT 町字コード, 年齢, sum(性別 = '1') AS 男, sum(性別 <> '1') AS 女 FROM 住民 GROUP BY 1, 2 ORDER BY 1, 2
