SELECT 届書コード AS 届書, count(*) AS "旧.受付簿件数", sum(進達年月日 <> '0000-00-00') AS "新.進達件数" FROM 国民年金_届書, 対象
WHERE 進達年月日 BETWEEN date(日, '-12 months') AND 日 GROUP BY 1 ORDER BY 1
