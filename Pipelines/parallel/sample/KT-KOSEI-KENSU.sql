SELECT 課税年度, sum(異動事由 = '70') AS "旧.決議書件数", sum(履歴番号 > 1) AS "新.処理件数" FROM 固定資産税_賦課
GROUP BY 1 ORDER BY 1
