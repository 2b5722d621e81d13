SELECT 町字コード, count(*) AS "旧.被保険者数", count(DISTINCT 宛名番号) AS "新.連携人数" FROM 住民 WHERE 年齢 >= 75 GROUP BY 1 ORDER BY 1
